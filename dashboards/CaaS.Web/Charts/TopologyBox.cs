namespace CaaS.Web.Charts;

/// <summary>One box of the map.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Kind">Kind of the entity.</param>
/// <param name="Name">Its name, shortened.</param>
/// <param name="IsAbnormal">True while it has an open symptom.</param>
/// <param name="Mark">Its place on the marked path: <c>cause</c>, <c>symptom</c>, <c>between</c>; <c>aside</c> off
/// it; empty without one.</param>
/// <param name="Change"><c>added</c> or <c>changed</c> since what it is compared with; otherwise empty.</param>
/// <param name="Title">All that is known, for the tooltip.</param>
public sealed record TopologyBox(double X, double Y, string Kind, string Name, bool IsAbnormal, string Mark, string Change,
    string Title);
