namespace CaaS.Analytics.Models;

/// <summary>A model held against a rival on examples neither has learned from.</summary>
/// <param name="Count">Examples.</param>
/// <param name="Positive">Of those, positive ones.</param>
/// <param name="Loss">The model's mean log loss, nats an example.</param>
/// <param name="RivalLoss">The rival's.</param>
/// <param name="Rival">Who the rival is: a version's name, or <c>base rate</c>.</param>
/// <param name="GainLow">The gain (rival's loss less the model's) is at least this, with 99 % certainty.</param>
public sealed record Trial(int Count, int Positive, double Loss, double RivalLoss, string Rival, double GainLow)
{
    /// <summary>The rival's name when it only knows how often the label was positive.</summary>
    public const string BaseRate = "base rate";

    /// <summary>Quantile of the normal distribution at 99 %, one side.</summary>
    private const double Z = 2.326;

    /// <summary>One wrong and certain word must not decide a trial: no probability counts as nearer to 0 or
    /// 1.</summary>
    private const double Least = 0.02;

    /// <summary>Mean gain, nats an example.</summary>
    public double Gain => RivalLoss - Loss;

    /// <summary>Compares two sets of probabilities, example by example.</summary>
    /// <param name="labels">What people said.</param>
    /// <param name="model">The model's probabilities, one a label.</param>
    /// <param name="rival">The rival's probabilities, one a label.</param>
    /// <param name="rivalName">Who the rival is.</param>
    /// <returns>The trial; of no examples, losses of 0 and a low end of minus infinity.</returns>
    /// <remarks>A paired comparison: the low end is the mean difference less <c>z·s/√n</c>, which removes how hard the
    /// examples were (Dror et al., "The hitchhiker's guide to testing statistical significance", ACL 2018).</remarks>
    public static Trial Of(
        IReadOnlyList<bool> labels, IReadOnlyList<double> model, IReadOnlyList<double> rival, string rivalName)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(model.Count, labels.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rival.Count, labels.Count);
        var (loss, rivalLoss, gain, squares) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < labels.Count; i++)
        {
            var (own, other) = (LogLoss(labels[i], model[i]), LogLoss(labels[i], rival[i]));
            loss += own;
            rivalLoss += other;

            // Welford's update of mean and squared deviations.
            var deviation = other - own - gain;
            gain += deviation / (i + 1);
            squares += deviation * (other - own - gain);
        }

        var count = labels.Count;
        var low = count < 2 ? double.NegativeInfinity : gain - (Z * Math.Sqrt(squares / (count - 1) / count));
        return new Trial(
            count, labels.Count(label => label), count == 0 ? 0 : loss / count, count == 0 ? 0 : rivalLoss / count,
            rivalName, low);
    }

    /// <summary>Why the model may not take the rival's place.</summary>
    /// <param name="options">What is asked of it.</param>
    /// <returns>One sentence; empty when it may.</returns>
    public string Against(ModelOptions options)
    {
        var fewest = Math.Min(Positive, Count - Positive);
        return Count < options.HeldBackCountMin
            ? FormattableString.Invariant($"{Count} of {options.HeldBackCountMin} judged incidents are held back from it.")
            : fewest < options.HeldBackPerLabelMin
            ? FormattableString.Invariant(
                $"Of the {Count} held back, {fewest} are of the rarer kind; {options.HeldBackPerLabelMin} are needed.")
            : Gain < options.GainMin
            ? FormattableString.Invariant(
                $"Log loss {Loss:0.000} on {Count} held back, {Rival} {RivalLoss:0.000}: it must be lower by {options.GainMin:0.000}.")
            : GainLow <= 0
            ? FormattableString.Invariant(
                $"Log loss {Loss:0.000} on {Count} held back, {Rival} {RivalLoss:0.000}: that may still be chance.")
            : "";
    }

    private static double LogLoss(bool label, double probability)
    {
        var clamped = Math.Clamp(double.IsNaN(probability) ? 0.5 : probability, Least, 1 - Least);
        return -Math.Log(label ? clamped : 1 - clamped);
    }
}
