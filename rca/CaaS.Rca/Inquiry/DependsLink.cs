namespace CaaS.Rca.Inquiry;

/// <summary>One entity depends on another, other than by a call that is seen.</summary>
/// <param name="From">Index of what depends.</param>
/// <param name="To">Index of what it depends on.</param>
/// <param name="Sort">How.</param>
public readonly record struct DependsLink(int From, int To, DependsSort Sort);
