using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>When the incident began, as weighted candidates.</summary>
/// <param name="Times">Unix seconds, ascending.</param>
/// <param name="Weights">Probabilities, adding up to one.</param>
public sealed record OnsetPosterior(ImmutableArray<double> Times, ImmutableArray<double> Weights)
{
    /// <summary>The most probable time.</summary>
    public double Best
    {
        get
        {
            var best = 0;
            for (var index = 1; index < Times.Length; index++)
            {
                best = Weights[index] > Weights[best] ? index : best;
            }

            return Times[best];
        }
    }

    /// <summary>The first time by which a share of the probability is reached.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        var reached = 0.0;
        for (var index = 0; index < Times.Length; index++)
        {
            reached += Weights[index];
            if (reached >= share)
            {
                return Times[index];
            }
        }

        return Times[^1];
    }

    /// <summary>One time, held for certain.</summary>
    /// <param name="time">Unix seconds.</param>
    public static OnsetPosterior Certain(double time) => new([time], [1]);
}
