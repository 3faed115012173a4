# Rscript bench_models.R FOLDER PERSONS RUNS: times survival on the columns written by bench_models.py, answers in JSON.
suppressMessages(library(survival))
asked <- commandArgs(trailingOnly = TRUE)
n <- as.integer(asked[2]); runs <- as.integer(asked[3])
read <- function(name) readBin(file.path(asked[1], name), "integer", n, size = 4, endian = "little")
x <- data.frame(time = read("time"), event = read("event"))
for (name in c("cohort", "nationality_group", "sex", "age_band")) x[[name]] <- factor(read(name))
timed <- function(run, times) sapply(seq_len(times), function(i) system.time(run())[["elapsed"]])
km <- function() { list(survfit(Surv(time, event) ~ cohort, x, conf.type = "log-log"), survdiff(Surv(time, event) ~ cohort, x)) }
cox <- function() coxph(Surv(time, event) ~ cohort + nationality_group + sex + age_band, x)
found <- km(); fit <- cox()
share <- 1 - summary(found[[1]], times = 183, extend = TRUE)$surv
json <- function(values) paste0("[", paste(sprintf("%.15g", values), collapse = ","), "]")
cat(sprintf('{"km_seconds":%s,"cox_seconds":%s,"share":%s,"chisq":%.15g,"coef":%s}\n', json(timed(km, runs)),
  json(timed(cox, max(1, min(3, runs)))), json(share), found[[2]]$chisq, json(unname(coef(fit)))))
