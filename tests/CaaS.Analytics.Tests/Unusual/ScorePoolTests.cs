using CaaS.Analytics.Unusual;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Unusual;

public class ScorePoolTests
{
    [Fact]
    public void An_empty_pool_finds_nothing_rare()
    {
        var pool = new ScorePool(totalMin: 500);

        Assert.Equal(1, pool.PValue(30));
        Assert.Equal(32, pool.ScoreAt(0.001));
    }

    [Property(MaxTest = 20)]
    public void P_values_of_exponential_scores_are_their_true_tails(int seed)
    {
        var pool = Filled(seed, 50_000);

        // Scores are minus decimal logarithms of uniform numbers: the tail beyond s is 10^-s.
        foreach (var score in (double[])[0.5, 1, 2, 3, 4, 5])
        {
            Assert.InRange(Math.Log10(pool.PValue(score)), -score * 1.25, -score * 0.8);
        }
    }

    [Property(MaxTest = 50)]
    public void A_higher_score_is_never_likelier(int seed)
    {
        var pool = Filled(seed, 2000);
        var ps = Enumerable.Range(-10, 400).Select(step => pool.PValue(step / 10d)).ToArray();

        Assert.All(ps, p => Assert.InRange(p, 1e-16, 1));
        Assert.Equal(ps.OrderDescending(), ps);
    }

    [Fact]
    public void What_was_seen_often_is_not_rare_however_high()
    {
        var pool = new ScorePool(totalMin: 500);
        for (var score = 0; score < 10_000; score++)
        {
            pool.Add(score % 500 == 0 ? 12 : 0);
        }

        Assert.InRange(pool.PValue(12), 0.001, 0.003);
        Assert.InRange(pool.PValue(11), 0.001, 0.003);
    }

    private static ScorePool Filled(int seed, int count)
    {
        var random = new Random(seed);
        var pool = new ScorePool(totalMin: 500);
        for (var score = 0; score < count; score++)
        {
            pool.Add(-Math.Log10(1 - random.NextDouble()));
        }

        return pool;
    }
}
