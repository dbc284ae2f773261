using CaaS.Analytics.Models;

namespace CaaS.Analytics.MlNet.Models;

/// <summary>Which judged examples are learned from, and which are held back: always the newer ones.</summary>
internal static class TrainingPart
{
    /// <summary>Chooses.</summary>
    /// <param name="judged">Judged examples, oldest first.</param>
    /// <param name="options">How many of which.</param>
    /// <returns>Those to learn from, oldest first; none, and why, when nothing can be learned from them.</returns>
    public static (Example[] Part, string Why) Of(Example[] judged, ModelOptions options)
    {
        var held = Math.Min((int)Math.Ceiling(judged.Length * options.HeldBackShare), options.HeldBackCountMax);
        var count = judged.Length - held;
        if (count < options.TrainingCountMin)
        {
            var needed = (int)Math.Ceiling(options.TrainingCountMin / (1 - options.HeldBackShare));
            return ([], FormattableString.Invariant(
                $"{judged.Length} of the {needed} judged incidents a first version needs are there."));
        }

        var part = judged[Math.Max(0, count - options.TrainingCountMax)..count];
        var positive = part.Count(example => example.IsPositive is true);
        return Math.Min(positive, part.Length - positive) >= options.HeldBackPerLabelMin
            ? (part, "")
            : ([], FormattableString.Invariant(
                $"Of the {part.Length} judged incidents to learn from {positive} were useful: ")
                + "with so few of one kind nothing is learned.");
    }
}
