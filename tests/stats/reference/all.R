for (one in c("change", "glm", "rates", "projection", "control", "breaks", "funnel")) {
  message(one)
  system2("Rscript", paste0(one, ".R"))
}
