namespace CaaS.Client.Wire;

/// <summary>What somebody said or did about an alert.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Text">What.</param>
public sealed record Comment(DateTimeOffset Time, string Actor, string Text);
