using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class ExchangeabilityBetTests
{
    [Theory]
    [InlineData(Martingale.Power)]
    [InlineData(Martingale.Mixture)]
    public void Bets_on_even_p_values_are_fair(Martingale kind)
    {
        // The gain's mean over even p-values is 1; the power's tail below the clip at 1e-8 holds little of it.
        double sum = 0;
        const int Count = 200_000;
        for (int i = 0; i < Count; i++)
        {
            sum += new ExchangeabilityBet(1, kind, 0.5, 95).Step((i + 0.5) / Count).Value / Count;
        }

        Assert.Equal(1, sum, kind == Martingale.Power ? 0.01 : 0.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-8)]
    [InlineData(0.999)]
    [InlineData(1 - 1e-9)]
    [InlineData(1)]
    public void Every_p_value_has_a_finite_bet(double p)
    {
        var bet = new ExchangeabilityBet(1, Martingale.Mixture, 0.1, 95);

        Assert.InRange(bet.Step(p).Value, 0.49, 1e6);
    }

    [Fact]
    public void An_alarm_rests_for_a_window()
    {
        var bet = new ExchangeabilityBet(5, Martingale.Power, 0.1, 95);

        Assert.Equal(1, Enumerable.Range(0, 6).Count(_ => bet.Step(1e-6).Alarm));
    }
}
