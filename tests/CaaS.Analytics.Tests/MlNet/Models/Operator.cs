using CaaS.Analytics.Models;

namespace CaaS.Analytics.Tests.MlNet.Models;

/// <summary>A made-up operator who judges made-up incidents by a rule.</summary>
/// <param name="seed">Seed of the incidents and of the operator's slips.</param>
/// <param name="rule">Whether an incident was useful.</param>
internal sealed class Operator(int seed, Func<float[], Random, bool> rule)
{
    public static readonly string[] Names = ["severity", "spread", "confidence", "hour", "change", "noise"];

    public static readonly DateTimeOffset T0 = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly List<Example> _examples = [];

    public IReadOnlyList<Example> Examples => _examples;

    public DateTimeOffset Now => T0.AddHours(_examples.Count);

    /// <summary>The rule of an operator who is told too often of small things at night; one word in twenty is a
    /// slip.</summary>
    public static bool Knows(float[] features, Random random) =>
        (features[2] > 0.4f || features[4] > 0.5f) != (random.NextDouble() < 0.05);

    public static bool Guesses(float[] _, Random random) => random.NextDouble() < 0.6;

    /// <summary>One more incident; every fifth is judged by nobody.</summary>
    public void Judge(Func<float[], Random, bool>? instead = null)
    {
        float[] features = [.. Enumerable.Range(0, Names.Length).Select(_ => _random.NextSingle())];
        var isUseful = (instead ?? rule)(features, _random);
        _examples.Add(new Example(
            $"i{_examples.Count:D4}", Now, features, _examples.Count % 5 == 4 ? null : isUseful));
    }
}
