namespace CaaS.Analytics.Models;

/// <summary>One thing a model learns from, or is tried on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When its features were taken, UTC; order of learning.</param>
/// <param name="Features">Numbers known at that instant and not later; all finite.</param>
/// <param name="IsPositive">What a person said of it, or null when nobody has.</param>
public sealed record Example(string Id, DateTimeOffset At, IReadOnlyList<float> Features, bool? IsPositive);
