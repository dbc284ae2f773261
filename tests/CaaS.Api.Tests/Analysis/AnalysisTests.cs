using System.Net;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.History;
using CaaS.Signals;
using Xunit;

namespace CaaS.Api.Tests.Analysis;

/// <summary>Backtests and forecasts over history, through the client.</summary>
public sealed class AnalysisTests : IAsyncLifetime
{
    private const string Queue = "queue_length";

    private static readonly DateTimeOffset From = ApiHost.Now.AddHours(-2);

    private readonly CancellationToken _none = TestContext.Current.CancellationToken;
    private ApiHost _host = null!;
    private CaaSClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _client = _host.Client();
        // The queue of cart is long from 11:54:00 to 11:58:00; cart's incident is opened at 11:55:00.
        _host.Stages.Measure(Queue, From, ApiHost.Now, at => at >= ApiHost.Now.AddMinutes(-6) && at < ApiHost.Now.AddMinutes(-2) ? 50 : 3);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_threshold_is_held_against_the_incidents_on_record()
    {
        var report = await _client.BacktestAsync(Threshold(above: 10) with { For = TimeSpan.FromMinutes(1) }, _none);

        var firing = Assert.Single(report.Firings);
        Assert.Equal(ApiHost.Now.AddMinutes(-5), firing.From);
        Assert.Equal(ApiHost.Now.AddMinutes(-2), firing.To);
        Assert.Equal((50, IncidentRelation.SameEntity, "i1"), (firing.Peak, firing.Relation, firing.IncidentId));
        var incident = Assert.Single(report.Incidents);
        Assert.Equal(("i1", true, 0.0), (incident.Id, incident.IsConcerned, incident.DelaySeconds));
        Assert.Equal((1, 1), (report.Recall.Count, report.Recall.Of));
        Assert.Equal(480, report.PointsJudged);
    }

    [Theory]
    [InlineData(BacktestDetector.Band)]
    [InlineData(BacktestDetector.Ensemble)]
    public async Task A_learning_detector_learns_before_the_window(BacktestDetector detector)
    {
        var question = Threshold(above: null) with { Detector = detector };

        var report = await _client.BacktestAsync(
            question with { Series = question.Series with { From = ApiHost.Now.AddMinutes(-30) } }, _none);

        Assert.Equal(0, report.PointsLearning);
        Assert.Equal(1, report.Recall.Count);
    }

    [Fact]
    public async Task A_budget_is_burnt_by_the_requests_that_history_counted()
    {
        var stages = _host.Stages;
        SeriesRange Bucket(string status, Func<DateTimeOffset, double> each)
        {
            var key = new SeriesKey(
                FakeStages.Cart, "http_server_request_duration_seconds_bucket",
                [new("http_response_status_code", status), new("le", "+Inf")], MetricKind.Bucket);
            return FakeStages.Points(key, From, ApiHost.Now, TimeSpan.FromMinutes(1), each);
        }

        stages.Raw["http_server_request_duration_seconds_bucket"] =
            [Bucket("200", _ => 20), Bucket("500", at => at >= ApiHost.Now.AddMinutes(-30) ? 5 : 0)];
        var question = Threshold(above: null) with { Detector = BacktestDetector.BurnRate, Objective = 0.999 };

        var report = await _client.BacktestAsync(
            question with { Series = question.Series with { Metric = "http_server_request_error_ratio" } }, _none);

        var firing = Assert.Single(report.Firings);
        Assert.InRange((ApiHost.Now - firing.From).TotalMinutes, 22, 28);
        Assert.Null(firing.To);
        Assert.Contains("burns", firing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_measured_is_an_empty_report()
    {
        var question = Threshold(above: 1);

        var report = await _client.BacktestAsync(question with { Series = question.Series with { Metric = "nothing" } }, _none);

        Assert.Equal((0, 0, 0), (report.SeriesCount, report.FiringCount, report.Recall.Of));
        Assert.Single(report.Incidents);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_the_reason()
    {
        var question = Threshold(above: 1);
        await RefusedAsync(question with { Above = null }, "either 'above' or 'below'");
        await RefusedAsync(question with { Below = 1 }, "either 'above' or 'below'");
        await RefusedAsync(question with { Clear = 2 }, "good side");
        await RefusedAsync(question with { Detector = BacktestDetector.BurnRate }, "objective");
        await RefusedAsync(question with { Detector = BacktestDetector.BurnRate, Objective = 0.99 }, "error ratio");
        await RefusedAsync(question with { Detector = BacktestDetector.Ensemble, Score = -1 }, "positive");
        await RefusedAsync(question with { Series = question.Series with { From = ApiHost.Now } }, "before");
        await RefusedAsync(question with { Series = question.Series with { Entity = "cart" } }, "namespace/Kind/name");
        var week = question.Series with { From = ApiHost.Now.AddDays(-7) };
        await RefusedAsync(question with { Series = week, Step = TimeSpan.FromSeconds(1) }, "stepSeconds");
        await RefusedAsync(question with { Series = week with { Metric = "http_server_request_error_ratio" } }, "at most 25 hours");
    }

    [Fact]
    public async Task A_series_is_forecast_and_its_measured_limit_says_when_it_is_full()
    {
        _host.Stages.Measure("container_memory_working_set_bytes", From, ApiHost.Now, at => 100 + (at - From).TotalMinutes);
        _host.Stages.Measure("container_spec_memory_limit_bytes", From, ApiHost.Now, _ => 280);

        var forecast = Assert.Single(await _client.ForecastsAsync(
            new ForecastQuestion
            {
                Series = Filter("container_memory_working_set_bytes"),
                Horizon = TimeSpan.FromHours(2),
            },
            _none));

        Assert.Equal((15, 480, 480), (forecast.StepSeconds, forecast.History.Count, forecast.Expected.Count));
        Assert.Equal(ApiHost.Now, forecast.From);
        Assert.InRange(forecast.Expected[239], 225, 290);
        Assert.True(forecast.Lower[239] <= forecast.Expected[239] && forecast.Expected[239] <= forecast.Upper[239]);
        Assert.Equal(1, forecast.Models.Sum(model => model.Weight), 6);
        var capacity = forecast.Capacity!;
        Assert.Equal((280, "container_spec_memory_limit_bytes"), (capacity.Limit, capacity.LimitFrom));
        Assert.InRange((capacity.Median!.Value - ApiHost.Now).TotalMinutes, 55, 65);
        Assert.True(capacity.Within > 0.95);
    }

    [Fact]
    public async Task A_limit_that_is_given_counts_and_a_level_that_does_not_grow_is_never_full()
    {
        var question = new ForecastQuestion { Series = Filter(Queue) with { To = ApiHost.Now.AddMinutes(-10) } };

        Assert.Null(Assert.Single(await _client.ForecastsAsync(question, _none)).Capacity);
        var given = Assert.Single(await _client.ForecastsAsync(question with { Capacity = 1000 }, _none)).Capacity!;
        Assert.Equal(("given", null), (given.LimitFrom, given.Median));
    }

    [Fact]
    public async Task Too_little_history_is_no_forecast_and_nonsense_is_refused()
    {
        var question = new ForecastQuestion { Series = Filter(Queue) };

        Assert.Empty(await _client.ForecastsAsync(
            question with { Series = question.Series with { From = ApiHost.Now.AddMinutes(-2) } }, _none));
        foreach (var wrong in (ForecastQuestion[])
            [question with { Horizon = TimeSpan.FromDays(300) }, question with { Coverage = 2 }, question with { Capacity = 0 }])
        {
            var refusal = await Assert.ThrowsAsync<CaaSClientException>(() => _client.ForecastsAsync(wrong, _none));
            Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        }
    }

    private static SeriesFilter Filter(string metric) => new()
    {
        From = From,
        To = ApiHost.Now,
        Entity = "shop/Deployment/cart",
        Metric = metric,
    };

    private static BacktestQuestion Threshold(double? above) => new() { Series = Filter(Queue), Above = above };

    private async Task RefusedAsync(BacktestQuestion question, string why)
    {
        var refusal = await Assert.ThrowsAsync<CaaSClientException>(() => _client.BacktestAsync(question, _none));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }
}
