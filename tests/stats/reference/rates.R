source("table.R")
suppressMessages(library(epitools))
table_of("rates.test", c("Rates and standardised rates. Exact intervals: poisson.test. Byar: epitools pois.byar is another",
                         "form, so Breslow and Day's formula is written out. Direct: epitools ageadjust.direct (Fay and Feuer)."), function() {
  for (x in c(0, 1, 5, 24, 237, 3500)) {
    block("poisson_interval", list(count = x), list(interval = as.vector(poisson.test(x)$conf.int)), 1e-9)
    z <- qnorm(0.975)
    f <- function(n, s) if (n == 0) 0 else n * (1 - 1 / (9 * n) + s * z / 3 / sqrt(n))^3
    block("byar_interval", list(count = x), list(interval = c(max(0, f(x, -1)), f(x + 1, 1))), 1e-9)
  }
  block("rate", list(count = 658, population = 151900), list(value = 1000 * 658 / 151900,
        interval = 1000 * as.vector(poisson.test(658, 151900)$conf.int)), 1e-9)
  direct <- function(e, b, s) {
    a <- ageadjust.direct(e, b, stdpop = s)
    block("directly_standardised", list(counts = e, populations = b, standard = s),
          list(value = 1000 * a[["adj.rate"]], interval = 1000 * c(a[["lci"]], a[["uci"]])), 1e-8)
  }
  direct(c(30, 25, 25, 15), c(1000, 1000, 1100, 900), c(1000, 900, 1000, 900))
  direct(c(3, 0, 7, 12, 2), c(820, 1440, 1210, 990, 310), c(22000, 31000, 41000, 29000, 17000))
})
