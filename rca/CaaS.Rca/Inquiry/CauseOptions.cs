using System.ComponentModel.DataAnnotations;

namespace CaaS.Rca.Inquiry;

/// <summary>The limits and constants of an inquiry; one set serves every system.</summary>
public sealed class CauseOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Rca:Inquiry";

    /// <summary>How far the hint of the onset may be wrong, seconds: three scrape intervals of a minute.</summary>
    [Range(0.0, 3600.0, ErrorMessage = Section + ":OnsetErrorSeconds must lie between 0 and 3600.")]
    public double OnsetErrorSeconds { get; set; } = 180;

    /// <summary>What is left out before the onset, seconds: a hint is usually late rather than early.</summary>
    [Range(0.0, 3600.0, ErrorMessage = Section + ":GuardSeconds must lie between 0 and 3600.")]
    public double GuardSeconds { get; set; } = 30;

    /// <summary>What is looked at after the onset, seconds.</summary>
    [Range(1.0, 86400.0, ErrorMessage = Section + ":AfterSeconds must lie between 1 and 86400.")]
    public double AfterSeconds { get; set; } = 900;

    /// <summary>Most nats one modality may say for an entity, so that no loud modality decides alone.</summary>
    [Range(0.0, 100.0, ErrorMessage = Section + ":ModalityCap must lie between 0 and 100.")]
    public double ModalityCap { get; set; } = 12;

    /// <summary>Score at which "none of these" is as likely as a suspect: about the best score that chance
    /// gives.</summary>
    [Range(0.0, 100.0, ErrorMessage = Section + ":NoCauseScore must lie between 0 and 100.")]
    public double NoCauseScore { get; set; } = 3;

    /// <summary>Confidence from which the first suspect counts as confirmed.</summary>
    [Range(0.0, 1.0, ErrorMessage = Section + ":ConfirmedFrom must lie between 0 and 1.")]
    public double ConfirmedFrom { get; set; } = 0.9;

    /// <summary>Confidence from which the first suspect counts as likely.</summary>
    [Range(0.0, 1.0, ErrorMessage = Section + ":LikelyFrom must lie between 0 and 1.")]
    public double LikelyFrom { get; set; } = 0.5;

    /// <summary>Most nats the inquiry may say for or against an entity of an open incident, beside what the fault classes
    /// say; 0 leaves it unasked.</summary>
    [Range(0.0, 10.0, ErrorMessage = Section + ":MostNats must lie between 0 and 10.")]
    public double MostNats { get; set; } = 2;

    /// <summary>Least time between two inquiries into one open incident.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = Section + ":Interval must lie between 1 second and 1 hour.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Candidates of the onset that evidence is averaged over.</summary>
    [Range(1, 100, ErrorMessage = Section + ":OnsetCandidateCount must lie between 1 and 100.")]
    public int OnsetCandidateCount { get; set; } = 5;
}
