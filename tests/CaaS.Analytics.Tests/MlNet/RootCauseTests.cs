using CaaS.Analytics.MlNet;
using Microsoft.ML;
using Xunit;

namespace CaaS.Analytics.Tests.MlNet;

public class RootCauseTests
{
    private const string All = "##SUM##";
    private static readonly DateTime Time = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);
    private static readonly MLContext Context = new(1);

    [Fact]
    public void The_part_that_went_up_is_found_two_levels_down()
    {
        RootCause? cause = Context.AnomalyDetection.LocalizeRootCause(
            Anomaly((country, centre) => (country, centre) == ("UK", "DC1") ? 400 : 100));

        RootCauseItem item = Assert.Single(cause!.Items);
        Assert.Equal("UK", item.Dimension["Country"]);
        Assert.Equal("DC1", item.Dimension["Centre"]);
        Assert.Equal(AnomalyDirection.Up, item.Direction);
    }

    [Fact]
    public void A_whole_country_is_not_blamed_on_one_of_its_centres()
    {
        RootCause? cause = Context.AnomalyDetection.LocalizeRootCause(Anomaly((country, _) => country == "FR" ? 10 : 100));

        RootCauseItem item = Assert.Single(cause!.Items);
        Assert.Equal("FR", item.Dimension["Country"]);
        Assert.Equal(All, item.Dimension["Centre"]);
        Assert.Equal(AnomalyDirection.Down, item.Direction);
    }

    [Fact]
    public void Without_a_difference_there_is_no_cause() =>
        Assert.Null(Context.AnomalyDetection.LocalizeRootCause(Anomaly((_, _) => 100)));

    [Fact]
    public void A_missing_slice_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            Context.AnomalyDetection.LocalizeRootCauses(Anomaly((_, _) => 100) with { AnomalyTimestamp = Time.AddDays(1) }));

    private static RootCauseLocalizationInput Anomaly(Func<string, string, double> value)
    {
        string[] countries = ["UK", "FR", "DE"];
        string[] centres = ["DC1", "DC2", "DC3", "DC4"];
        var points = new List<TimeSeriesPoint>();
        foreach (string country in countries.Append(All))
        {
            foreach (string centre in centres.Append(All))
            {
                var parts = countries.Where(c => country == All || c == country)
                    .SelectMany(c => centres.Where(d => centre == All || d == centre).Select(d => value(c, d))).ToArray();
                points.Add(new TimeSeriesPoint(parts.Sum(), 100 * parts.Length, true, Part(country, centre)));
            }
        }
        return new RootCauseLocalizationInput(Time, Part(All, All), [new MetricSlice(Time, points)], AggregateType.Sum, All);
    }

    private static Dictionary<string, object> Part(string country, string centre) =>
        new() { ["Country"] = country, ["Centre"] = centre };
}
