using System.Globalization;
using CaaS.Analytics.LogAnomalies;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.LogAnomalies;

public class LogWatchTests
{
    private readonly AnalyticsEngine _engine = new(new AnalyticsOptions
    {
        MaxTemplatesPerEntity = 16,
        Logs = new LogWatchOptions
        {
            Rates = LogAnomalyMode.On,
            Parameters = LogAnomalyMode.On,
            Sequences = LogAnomalyMode.On,
            Counts = LogAnomalyMode.Shadow,
        },
    });

    private readonly List<Anomaly> _shadow = [];
    private DateTimeOffset _now = ShopWorld.Start;

    [Fact]
    public void A_new_error_line_is_told_once_and_cleared_when_quiet()
    {
        Pass(300, second => second % 10 == 0 ? Line(Severity.Warning, $"Cache miss {second}") : null);
        var found = Pass(10, second => Line(Severity.Error, $"Payment {second} refused: no route"));
        found.AddRange(Pass(200, _ => null));

        var told = found.Where(anomaly => anomaly.Kind == AnomalyKind.NewLogTemplate).ToArray();
        Assert.Equal([AnomalyState.Raised, AnomalyState.Cleared], told.Select(anomaly => anomaly.State));
        Assert.Equal("New error line: Payment <*> refused: no route (such as: Payment 0 refused: no route)", told[0].Explanation);
        Assert.Matches("^template:[0-9a-f]{16}[.]1$", told[0].Signal);
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
        Assert.EndsWith(", last: Retry failed", rate.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_kinds_of_lines_are_bounded_and_counted()
    {
        Pass(100, second => Line(Severity.Error, $"{new string('a', (second % 50) + 1)} {new string('b', second + 1)} x"));

        Assert.True(_engine.Counts.LinesIgnored > 0);
    }

    [Fact]
    public void A_line_without_severity_that_is_plainly_an_error_is_told()
    {
        Pass(300, second => second % 10 == 0 ? Line(Severity.Unspecified, "ok") : null);

        var found = Pass(5, second => second == 2 ? Line(Severity.Unspecified, "Traceback of 7: connection refused") : null);

        Assert.StartsWith("New error line: ", Assert.Single(found).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_a_stack_trace_are_no_lines_of_their_own()
    {
        Pass(300, second => second % 10 == 0 ? Line(Severity.Information, "ok") : null);

        Assert.Empty(Pass(60, second => Line(Severity.Error, "   at Shop.Pay() in a.cs:line " + second)));
    }

    [Fact]
    public void Templates_that_merge_are_told_once()
    {
        Pass(300, second => second % 10 == 0 ? Line(Severity.Information, "ok") : null);

        var found = Pass(40, second => Line(Severity.Error, $"Rejected user {Word(second % 5)} of the shop"));
        found.AddRange(Pass(400, _ => null));

        var told = found.Where(anomaly => anomaly.Kind == AnomalyKind.NewLogTemplate).ToArray();
        var raised = told.Where(anomaly => anomaly.State == AnomalyState.Raised).Select(anomaly => anomaly.Id).ToArray();
        var cleared = told.Where(anomaly => anomaly.State == AnomalyState.Cleared).Select(anomaly => anomaly.Id).ToArray();
        Assert.InRange(raised.Length, 1, 5);
        Assert.Equal(raised.Order(StringComparer.Ordinal), cleared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_regular_line_that_stops_is_told_with_template_and_sample()
    {
        Pass(600, second => Line(Severity.Information, $"Order {second} stored"), times: 2);

        var found = Pass(60, _ => null);

        var rate = Assert.Single(found, anomaly => anomaly is { Kind: AnomalyKind.LogRate, State: AnomalyState.Raised });
        Assert.Contains("Order <*> stored (such as: Order 0 stored)", rate.Explanation, StringComparison.Ordinal);
        Assert.True(rate.PValue < 1e-5 && rate.Observed < rate.ExpectedLow);
        Assert.Contains(Pass(90, second => Line(Severity.Information, $"Order {second} stored"), times: 2), anomaly =>
            anomaly is { Kind: AnomalyKind.LogRate, State: AnomalyState.Cleared } && anomaly.Id == rate.Id);
    }

    [Fact]
    public void A_number_far_from_the_usual_is_told_with_its_name_and_unit()
    {
        Pass(400, second => Line(Severity.Information, $"Stored order in took={20 + (second % 7)} ms"));

        var found = Pass(90, second => Line(Severity.Information, $"Stored order in took={4000 + second} ms"));

        var told = Assert.Single(found, anomaly => anomaly is { Kind: AnomalyKind.LogParameter, State: AnomalyState.Raised });
        Assert.Equal(("ms", "took"), (told.Unit, told.Labels.Single().Value));
        Assert.StartsWith("'took' is 4", told.Explanation, StringComparison.Ordinal);
        Assert.Contains(" ms where ", told.Explanation, StringComparison.Ordinal);
        Assert.True(told.Observed > told.ExpectedHigh);
    }

    [Fact]
    public void Requests_that_log_in_another_order_are_told()
    {
        var found = Requests(300, ["begin", "load cart", "charge card", "done"]);
        Assert.Empty(found);

        found = Requests(60, ["begin", "charge card", "load cart", "charge card", "done"]);

        var told = Assert.Single(found, anomaly => anomaly is { Kind: AnomalyKind.LogSequence, State: AnomalyState.Raised });
        Assert.Contains("requests log what others do not", told.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_mix_of_lines_is_found_in_the_shadow_and_told_nobody()
    {
        Pass(600, second => Line(Severity.Information, second % 4 == 0 ? "cache miss" : "cache hit"), times: 4);
        Assert.Empty(_shadow);

        var found = Pass(90, second => Line(Severity.Information, second % 4 == 0 ? "cache hit" : "cache miss"), times: 4);

        Assert.DoesNotContain(found, anomaly => anomaly.Kind == AnomalyKind.LogCounts);
        var counted = Assert.Single(_shadow, anomaly => anomaly.State == AnomalyState.Raised);
        Assert.Equal(AnomalyKind.LogCounts, counted.Kind);
        Assert.Contains("usually 25 %, are cache miss", counted.Explanation, StringComparison.Ordinal);
    }

    private static string Word(int index) => new((char)('a' + index), 5);

    private List<Anomaly> Requests(int count, string[] bodies)
    {
        var found = new List<Anomaly>();
        for (var request = 0; request < count; request++)
        {
            var trace = _now.Ticks.ToString("x32", CultureInfo.InvariantCulture);
            found.AddRange(Pass(1, _ => null));
            var lines = bodies.Select(body => Line(Severity.Information, body) with { TraceId = trace });
            found.AddRange(_engine.Step(new SignalBatch { Scope = Scope.Default, Source = "logs", Logs = [.. lines] }, _now));
        }

        return found;
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
                _shadow.AddRange(_engine.Shadow);
            }

            found.AddRange(_engine.Step(SignalBatch.Tick(Scope.Default), _now));
            _shadow.AddRange(_engine.Shadow);
        }

        return found;
    }

    private LogRecord Line(Severity severity, string body) =>
        new(_now, ShopWorld.Entity("payment"), "payment-1", "main", severity, body, "", "", []);
}
