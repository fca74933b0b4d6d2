"""One question a file, asked of a workspace for an audience: what CLI, web, reports and API all call."""
