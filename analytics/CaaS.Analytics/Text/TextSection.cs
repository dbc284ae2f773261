namespace CaaS.Analytics.Text;

/// <summary>A part of a document under one heading.</summary>
/// <param name="Heading">The heading; empty before the first one.</param>
/// <param name="Body">Plain text.</param>
public sealed record TextSection(string Heading, string Body);
