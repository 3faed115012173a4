# Two published tables: Rossi's recidivism data (carData) and the wage panel of Vella and Verbeek (1998).
# Rscript tests/reference/published.R WAGE_PANEL.csv     (Debian: r-cran-survival r-cran-cardata r-cran-plm r-cran-sandwich)
# WAGE_PANEL.csv is wage_panel.csv of the PyPI package linearmodels. Writes the data the tests read, and R's estimates.
library(survival); library(plm)
out <- "tests/reference/published"
write <- function(fit, covariance, name) write.csv(data.frame(term = names(coef(fit)),
  estimate = sprintf("%.17g", coef(fit)), std_error = sprintf("%.17g", sqrt(diag(covariance)))),
  file.path(out, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)

rossi <- carData::Rossi
connection <- gzfile(file.path(out, "rossi.csv.gz"), "wb")
write.csv(rossi, connection, row.names = FALSE, na = "", quote = FALSE); close(connection)
fixed <- coxph(Surv(week, arrest) ~ fin + age + race + wexp + mar + paro + prio, data = rossi)
write(fixed, vcov(fixed), "rossi_cox")
# Fox and Weisberg's expansion: one row a man and week, work of the week before; the first week has none and is left out.
rows <- do.call(rbind, lapply(seq_len(nrow(rossi)), function(i) {
  man <- rossi[i, ]; weeks <- seq_len(man$week)[-1]
  if (!length(weeks)) return(NULL)
  data.frame(man[rep(1, length(weeks)), c("fin", "age", "race", "wexp", "mar", "paro", "prio")], start = weeks - 1,
    stop = weeks, event = weeks == man$week & man$arrest == 1,
    employed = sapply(weeks - 1, function(w) man[[paste0("emp", w)]] == "yes"))
}))
lagged <- coxph(Surv(start, stop, event) ~ fin + age + race + wexp + mar + paro + prio + employed, data = rows)
write(lagged, vcov(lagged), "rossi_cox_lagged")

panel <- read.csv(commandArgs(trailingOnly = TRUE)[1])
within <- plm(lwage ~ expersq + union + married + factor(year), panel, index = c("nr", "year"), model = "within")
write(within, vcovHC(within, method = "arellano", type = "HC0"), "wage_panel_within")
write.csv(data.frame(term = names(coef(within)), std_error = sprintf("%.17g", sqrt(diag(vcov(within))))),
  file.path(out, "wage_panel_within_classical.csv"), row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, sapply(c("survival", "carData", "plm"),
  function(p) paste(p, packageVersion(p)))), file.path(out, "versions.txt"))
