namespace CaaS.Web.Charts;

/// <summary>One arrow of the map.</summary>
/// <param name="Kind">Kind of the edge.</param>
/// <param name="Path">SVG path.</param>
/// <param name="Mark"><c>on</c> the marked path, <c>aside</c> off it; empty without one.</param>
/// <param name="Title">The edge in words.</param>
public sealed record TopologyArrow(string Kind, string Path, string Mark, string Title);
