using System.ComponentModel.DataAnnotations;

namespace CaaS.Rca.Inquiry;

/// <summary>The limits and constants of an inquiry; one set serves every system.</summary>
public sealed class CauseOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Rca:Inquiry";

    /// <summary>How far the hint of the onset may be wrong, seconds: three scrape intervals of a minute.</summary>
    public double OnsetErrorSeconds { get; set; } = 180;

    /// <summary>What is left out before the onset, seconds: a hint is usually late rather than early.</summary>
    public double GuardSeconds { get; set; } = 30;

    /// <summary>What is looked at after the onset, seconds.</summary>
    public double AfterSeconds { get; set; } = 900;

    /// <summary>Most nats one modality may say for an entity, so that no loud modality decides alone.</summary>
    public double ModalityCap { get; set; } = 12;

    /// <summary>Score at which "none of these" is as likely as a suspect: about the best score that chance
    /// gives.</summary>
    public double NoCauseScore { get; set; } = 3;

    /// <summary>Confidence from which the first suspect counts as confirmed.</summary>
    public double ConfirmedFrom { get; set; } = 0.9;

    /// <summary>Confidence from which the first suspect counts as likely.</summary>
    public double LikelyFrom { get; set; } = 0.5;

    /// <summary>Most nats the inquiry may say for or against an entity of an open incident, beside what the fault classes
    /// say; 0 leaves it unasked.</summary>
    [Range(0.0, 10.0)]
    public double MostNats { get; set; } = 2;

    /// <summary>Least time between two inquiries into one open incident.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Candidates of the onset that evidence is averaged over.</summary>
    public int OnsetCandidateCount { get; set; } = 5;
}
