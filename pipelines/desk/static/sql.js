// Ctrl+Enter runs the query.
"use strict";

const ask = document.getElementById("ask");
document.getElementById("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask.requestSubmit(ask.querySelector("button"));
});
