using System.ComponentModel.DataAnnotations;

namespace CaaS.Rca.Priors;

/// <summary>How what people said of causes moves the ranking of causes to come; section <c>Rca:Feedback</c>.</summary>
public sealed class CauseFeedbackOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = RcaOptions.Section + ":Feedback";

    /// <summary>Most it may add to or take from a cause's log-odds, nats, 0 to 1; 0 turns it off. A fault that is seen
    /// itself weighs 4 and more, so what people said decides only between causes that the evidence leaves
    /// close.</summary>
    [Range(0.0, 1.0, ErrorMessage = Section + ":MaxNats must lie between 0 and 1.")]
    public double MaxNats { get; set; } = 1;

    /// <summary>How many incidents for and against are taken as given before the first is judged, 1 to 1000: with 8, one
    /// word moves its cause by less than a quarter of a nat.</summary>
    [Range(1.0, 1000.0, ErrorMessage = Section + ":PseudoCount must lie between 1 and 1000.")]
    public double PseudoCount { get; set; } = 8;

    /// <summary>Age at which a word counts half, 1 to 3650 days: services are rebuilt, and what broke them
    /// changes.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00",
        ErrorMessage = Section + ":HalfLife must lie between 1 and 3650 days.")]
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Judged incidents remembered, the newest, 10 to 100,000 (about 0.5 KiB each).</summary>
    [Range(10, 100_000, ErrorMessage = Section + ":MaxIncidents must lie between 10 and 100000.")]
    public int MaxIncidents { get; set; } = 2000;
}
