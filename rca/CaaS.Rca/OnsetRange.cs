namespace CaaS.Rca;

/// <summary>Where an incident's onset lies with a probability of 90 %, as the series of its entities say.</summary>
/// <param name="Earliest">It lies before with 5 %, UTC.</param>
/// <param name="Latest">It lies after with 5 %, UTC.</param>
public sealed record OnsetRange(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    /// <summary>True when an instant lies in it.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(DateTimeOffset at) => at >= Earliest && at <= Latest;
}
