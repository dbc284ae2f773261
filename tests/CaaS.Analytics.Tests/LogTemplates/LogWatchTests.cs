using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class LogWatchTests
{
    private readonly AnalyticsEngine _engine = new(new AnalyticsOptions { MaxTemplatesPerEntity = 16 });
    private DateTimeOffset _now = ShopWorld.Start;

    [Fact]
    public void A_new_error_line_is_told_once_and_cleared_when_quiet()
    {
        Pass(300, second => second % 10 == 0 ? Line(Severity.Warning, $"Cache miss {second}") : null);
        var found = Pass(10, second => Line(Severity.Error, $"Payment {second} refused: no route"));
        found.AddRange(Pass(200, _ => null));

        var told = found.Where(anomaly => anomaly.Kind == AnomalyKind.NewLogTemplate).ToArray();
        Assert.Equal([AnomalyState.Raised, AnomalyState.Cleared], told.Select(anomaly => anomaly.State));
        Assert.Equal("New error line: Payment <num> refused: no route", told[0].Explanation);
        Assert.StartsWith("template:", told[0].Signal, StringComparison.Ordinal);
        Assert.True(told[0].Onset <= told[0].At);
    }

    [Fact]
    public void Lines_of_the_learning_period_are_familiar()
    {
        var found = Pass(60, second => Line(Severity.Error, $"Retry {second}"));
        found.AddRange(Pass(300, second => second % 30 == 0 ? Line(Severity.Error, $"Retry {second}") : null));

        Assert.Empty(found);
    }

    [Fact]
    public void A_single_new_warning_is_not_told_and_information_never()
    {
        Pass(300, second => second % 10 == 0 ? Line(Severity.Information, "ok") : null);

        Assert.Empty(Pass(60, second => second == 5 ? Line(Severity.Warning, "Slow disk") : Line(Severity.Information, $"new thing {second}")));
    }

    [Fact]
    public void A_burst_of_error_lines_is_told_as_a_rate()
    {
        Pass(60, second => second % 20 == 0 ? Line(Severity.Error, "Retry failed") : null);
        Pass(240, second => second % 20 == 0 ? Line(Severity.Error, "Retry failed") : null);
        var found = Pass(20, _ => Line(Severity.Error, "Retry failed"), times: 4);

        var rate = Assert.Single(found, anomaly => anomaly.Kind == AnomalyKind.LogRate);
        Assert.Equal(("log_error_rate", SignalRole.Log, "1/s"), (rate.Signal, rate.Role, rate.Unit));
    }

    [Fact]
    public void Endless_kinds_of_lines_are_bounded_and_counted()
    {
        Pass(100, second => Line(Severity.Error, $"{new string('a', (second % 50) + 1)} {new string('b', second + 1)} x"));

        Assert.True(_engine.Counts.LinesIgnored > 0);
    }

    private List<Anomaly> Pass(int seconds, Func<int, LogRecord?> lineAt, int times = 1)
    {
        var found = new List<Anomaly>();
        for (var second = 0; second < seconds; second++)
        {
            _now = _now.AddSeconds(1);
            if (lineAt(second) is { } line)
            {
                var batch = new SignalBatch { Scope = Scope.Default, Source = "logs", Logs = [.. Enumerable.Repeat(line, times)] };
                found.AddRange(_engine.Step(batch, _now));
            }

            found.AddRange(_engine.Step(SignalBatch.Tick(Scope.Default), _now));
        }

        return found;
    }

    private LogRecord Line(Severity severity, string body) =>
        new(_now, ShopWorld.Entity("payment"), "payment-1", "main", severity, body, "", "", []);
}
