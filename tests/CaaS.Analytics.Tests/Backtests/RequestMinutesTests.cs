using CaaS.Analytics.Backtests;
using CaaS.Analytics.Derived;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Backtests;

public class RequestMinutesTests
{
    private const string Metric = "http_client_request_error_ratio";

    [Fact]
    public void Requests_are_added_up_by_service_and_peer_and_known_at_the_end_of_their_minute()
    {
        var minutes = RequestMinutes.Of(
            [
                Raw("http_client", 2, ("http_response_status_code", "200"), ("server_address", "stock")),
                Raw("http_client", 1, ("http_response_status_code", "503"), ("server_address", "stock")),
                Raw("http_client", 1, ("error_type", "timeout"), ("server_address", "payment")),
                Raw("http_client", 9, ("http_route", "/healthz"), ("http_response_status_code", "500")),
                Raw("http_client", double.NaN, ("http_response_status_code", "500"), ("server_address", "payment")),
            ],
            Metric,
            new AnalyticsOptions());

        Assert.Equal(["payment", "stock"], minutes.Select(one => one.Series.LabelOrNull("peer")));
        Assert.Equal([new BacktestPoint(60_000, 60, 60)], minutes[0].Points);
        Assert.Equal([new BacktestPoint(60_000, 60, 180)], minutes[1].Points);
    }

    [Fact]
    public void A_service_that_never_says_whether_it_failed_is_left_out() =>
        Assert.Empty(RequestMinutes.Of([Raw("http_client", 2, ("server_address", "stock"))], Metric, new AnalyticsOptions()));

    private static SeriesPoints Raw(string stem, double rate, params (string Name, string Value)[] labels) => new(
        new SeriesKey(
            ShopWorld.Entity("cart"), stem + "_request_duration_seconds_bucket",
            labels.Select(label => new Label(label.Name, label.Value)), MetricKind.Bucket),
        [0], [rate]);
}
