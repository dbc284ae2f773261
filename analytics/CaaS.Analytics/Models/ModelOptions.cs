using System.ComponentModel.DataAnnotations;

namespace CaaS.Analytics.Models;

/// <summary>When models are trained, promoted and given up; section <c>Analytics:Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Analytics:Models";

    /// <summary>False: nothing is trained and nothing is rated.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often it is looked whether people have said more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Newest examples used: older ones tell of another system, and of other people.</summary>
    [Range(50, 100_000)]
    public int ExampleCountMax { get; set; } = 2_000;

    /// <summary>Fewest judged examples to learn from: below it trees of a few leaves learn noise.</summary>
    [Range(10, 100_000)]
    public int TrainingCountMin { get; set; } = 24;

    /// <summary>Newest judged examples to learn from, of those not held back: people change their minds, and a year
    /// of old words would outvote a month of new ones.</summary>
    [Range(10, 100_000)]
    public int TrainingCountMax { get; set; } = 300;

    /// <summary>Share of the judged examples, the newest, that is held back from training.</summary>
    [Range(0.1, 0.9)]
    public double HeldBackShare { get; set; } = 0.4;

    /// <summary>Most examples held back at training: past it more learning helps more than more trial.</summary>
    [Range(5, 100_000)]
    public int HeldBackCountMax { get; set; } = 60;

    /// <summary>Fewest held-back examples a promotion is decided on.</summary>
    [Range(5, 100_000)]
    public int HeldBackCountMin { get; set; } = 16;

    /// <summary>Fewest held-back examples of the rarer label: on fewer, always saying the other is best.</summary>
    [Range(1, 100_000)]
    public int HeldBackPerLabelMin { get; set; } = 4;

    /// <summary>Fewest judged examples that came after training: the past alone promotes nothing.</summary>
    [Range(0, 100_000)]
    public int ShadowCountMin { get; set; } = 4;

    /// <summary>Least gain in log loss over every rival, nats an example.</summary>
    [Range(0.0, 1.0)]
    public double GainMin { get; set; } = 0.03;

    /// <summary>Newly judged examples after which the next version is trained; above <see cref="ShadowCountMin"/>, so
    /// that a version is tried before it is replaced.</summary>
    [Range(1, 100_000)]
    public int RetrainAfter { get; set; } = 10;

    /// <summary>Newest judged examples an active model is watched on: a change of mind long ago must not hide one of
    /// now.</summary>
    [Range(5, 100_000)]
    public int WatchCount { get; set; } = 30;

    /// <summary>Fewest of them before an active model is given up.</summary>
    [Range(5, 100_000)]
    public int WatchCountMin { get; set; } = 10;

    /// <summary>Most versions kept; of the retired the oldest go first.</summary>
    [Range(3, 1_000)]
    public int KeptCountMax { get; set; } = 20;

    /// <summary>Seed of everything random in training.</summary>
    public int Seed { get; set; } = 1;
}
