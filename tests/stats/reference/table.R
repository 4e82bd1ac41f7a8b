# Writes the plain-text tables of expected values. Run from this folder: Rscript all.R
# A block is the function's name, its input, "->", what must come out, and how closely.
number <- function(x) sapply(x, function(v) {
  if (is.character(v)) v else if (is.infinite(v)) "inf" else format(v, digits = 15, trim = TRUE)
})
fields <- function(values) for (name in names(values))
  cat("    ", name, ": ", paste(number(values[[name]]), collapse = " "), "\n", sep = "")
block <- function(name, input, expected, within = 1e-9) {
  cat("\n", name, "\n", sep = "")
  fields(input)
  cat("->\n")
  fields(expected)
  cat("    within: ", format(within), "\n", sep = "")
}
table_of <- function(file, about, body) {
  sink(file.path("..", file))
  cat(paste0("# ", about, collapse = "\n"), "\n", sep = "")
  cat("# Expected values: ", R.version.string, "; script: reference/", sub("test$", "R", file),
      "\n# 'within' is the allowed difference, relative to the larger of the value and 1.\n", sep = "")
  body()
  sink()
}
# Monthly series used by several tables, drawn once and then fixed by the seed.
set.seed(20150202)
months <- function(n, first_month) ((first_month - 1 + 0:(n - 1)) %% 12) + 1
days_in <- function(years, month) {
  leap <- (years %% 4 == 0 & years %% 100 != 0) | years %% 400 == 0
  d <- c(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month]
  d + (month == 2 & leap)
}
calendar <- function(first_year, first_month, n) {
  m <- months(n, first_month)
  y <- first_year + (first_month - 1 + 0:(n - 1)) %/% 12
  data.frame(year = y, month = m, days = days_in(y, m))
}
# The regression's columns: 1, years to the last month, two waves of season.
design <- function(cal, last) {
  wave <- 2 * pi * (cal$month - 1) / 12
  index <- cal$year * 12 + cal$month
  cbind(1, (index - last) / 12, sin(wave), cos(wave), sin(2 * wave), cos(2 * wave))
}
offset_of <- function(cal) log(cal$days / (365.2425 / 12))
draw <- function(cal, level, trend, theta) {
  index <- seq_len(nrow(cal)) / 12
  mu <- level * exp(trend * index + 0.2 * sin(2 * pi * cal$month / 12) + 0.1 * cos(4 * pi * cal$month / 12))
  if (is.infinite(theta)) rpois(nrow(cal), mu) else rnbinom(nrow(cal), size = theta, mu = mu)
}
