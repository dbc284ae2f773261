using System.Collections.Immutable;
using CaaS.Rca.Inquiry;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>What alerts of other systems say.</summary>
public class AlertEvidenceTests
{
    private static readonly ImmutableArray<string> Entities = ["cart-0", "cart-1", "web-0", "web-1"];

    [Fact]
    public void What_always_alerts_is_not_blamed()
    {
        var history = new AlertProfile();
        for (var window = 0; window < 50; window++)
        {
            history.Add(Case(new AlertFact(2, AlertSort.Slower, "p95_up"), new AlertFact(2, AlertSort.UsageUp, "cpu_up")));
        }

        var now = Case(new AlertFact(2, AlertSort.Slower, "p95_up"), new AlertFact(2, AlertSort.UsageUp, "cpu_up"), new AlertFact(0, AlertSort.UsageUp, "cpu_up"));

        Assert.Equal("cart-0", Cases.Ranking(now with { AlertHistory = history })[0]);
    }

    [Fact]
    public void What_all_replicas_have_speaks_for_none_of_them() => Assert.Equal("web-1", Cases.Ranking(Case(
        new AlertFact(0, AlertSort.TrafficDown, "qps_down"), new AlertFact(1, AlertSort.TrafficDown, "qps_down"), new AlertFact(3, AlertSort.TrafficDown, "qps_down")))[0]);

    [Fact]
    public void A_window_taken_out_leaves_no_trace()
    {
        var (history, window) = (new AlertProfile(), Case(new AlertFact(0, AlertSort.Line, "oops")));
        history.Add(window);
        history.Remove(window);

        Assert.Equal(new AlertProfile().Rate("cart-0|Line|oops"), history.Rate("cart-0|Line|oops"), 9);
    }

    private static CauseCase Case(params AlertFact[] alerts) => new(Entities, 0) { Alerts = [.. alerts] };
}
