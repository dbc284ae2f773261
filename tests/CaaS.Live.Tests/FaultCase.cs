namespace CaaS.Live.Tests;

/// <summary>One fault put into the shop, and what must be found.</summary>
/// <param name="Letter">Its letter in <c>shop.sh fault</c>.</param>
/// <param name="Entity">True cause.</param>
/// <param name="FaultClass">True fault class.</param>
/// <param name="Operation">Operation that fits, or null when none is asked for.</param>
internal sealed record FaultCase(
    string Letter, string Entity, string FaultClass, Client.Wire.OperationKind? Operation)
{
    /// <summary>Fault class that is to be named: the true one, but that a release stays the cause of what it
    /// brings.</summary>
    public string Named { get; init; } = FaultClass;
}
