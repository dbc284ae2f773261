using CaaS.Analytics.LogAnomalies;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.LogAnomalies;

public class LogSeverityTests
{
    [Theory]
    [InlineData("ERROR Payment refused")]
    [InlineData("2026-03-02 09:00:00,123 ERROR [main] c.s.Cart - no stock")]
    [InlineData("[error] upstream gone")]
    [InlineData("level=error msg=\"no stock\"")]
    [InlineData("{\"level\":\"error\",\"msg\":\"no stock\"}")]
    [InlineData("ts=1 severity=err x")]
    [InlineData("error: pathspec did not match")]
    [InlineData("E0302 09:00:00.000000 1 reflector.go:1] no stock")]
    [InlineData("Error reading the tax table")]
    [InlineData("An error occurred while saving")]
    [InlineData("System.TimeoutException: after 30 s")]
    [InlineData("java.io.IOException: Broken pipe")]
    [InlineData("Charge gave up\n   at Shop.Pay() in a.cs:line 3")]
    [InlineData("Charge gave up\n\tat a.B.c(B.java:3)\nCaused by: x")]
    [InlineData("job\nTraceback (most recent call last):\n  File \"a.py\", line 3\nValueError: no")]
    [InlineData("dial tcp 10.0.0.1:80: connect: connection refused")]
    [InlineData("write /data/x: no space left on device")]
    [InlineData("GET /cart responded status=503 in 12 ms")]
    [InlineData("\"GET /cart HTTP/1.1\" 502 17")]
    [InlineData("connect ECONNREFUSED 10.0.0.1:6379")]
    public void What_is_plainly_an_error_is_one(string line)
    {
        Assert.Equal(Severity.Error, LogSeverity.Of(Severity.Unspecified, line));
        Assert.Equal(Severity.Error, LogSeverity.Of(Severity.Information, line));
    }

    [Theory]
    [InlineData("panic: runtime error: index out of range")]
    [InlineData("Unhandled exception. System.InvalidOperationException: no")]
    [InlineData("FATAL: database is shutting down")]
    [InlineData("[CRITICAL] disk gone")]
    public void What_ends_the_program_is_fatal(string line) =>
        Assert.Equal(Severity.Fatal, LogSeverity.Of(Severity.Unspecified, line));

    [Theory]
    [InlineData("WARN slow disk")]
    [InlineData("Failed to fetch stock, trying again")]
    [InlineData("could not resolve stock")]
    [InlineData("Payment of order 17 failed")]
    public void What_may_pass_is_a_warning(string line) =>
        Assert.Equal(Severity.Warning, LogSeverity.Of(Severity.Information, line));

    [Theory]
    [InlineData("Done: 0 errors, 0 warnings")]
    [InlineData("no errors found")]
    [InlineData("No error occurred")]
    [InlineData("finished without error")]
    [InlineData("Error rate is fine")]
    [InlineData("error budget is at 90 %")]
    [InlineData("Error handling middleware added")]
    [InlineData("errors: 0")]
    [InlineData("error=null status=200")]
    [InlineData("error: none")]
    [InlineData("failed=0 passed=12")]
    [InlineData("0 failed, 12 passed")]
    [InlineData("INFO error-handler: An error occurred earlier, now gone")]
    [InlineData("level=info msg=\"failed to x\"")]
    [InlineData("[info] connection refused earlier")]
    [InlineData("GET /cart responded status=200 in 503 ms")]
    [InlineData("order 500 of customer 503 shipped")]
    [InlineData("code=5001")]
    [InlineData("loaded ExceptionFilter and TerrorModule")]
    [InlineData("failover is ready")]
    [InlineData("on error resume next")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u0000\ud800")]
    public void What_is_well_stays_what_was_said(string line)
    {
        Assert.Equal(Severity.Unspecified, LogSeverity.Of(Severity.Unspecified, line));
        Assert.Equal(Severity.Information, LogSeverity.Of(Severity.Information, line));
    }

    [Theory]
    [InlineData(Severity.Debug)]
    [InlineData(Severity.Trace)]
    [InlineData(Severity.Warning)]
    [InlineData(Severity.Fatal)]
    public void A_source_that_says_more_or_less_is_believed(Severity said) =>
        Assert.Equal(said, LogSeverity.Of(said, "ERROR connection refused"));
}
