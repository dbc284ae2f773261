namespace CaaS.Rca.Inquiry;

/// <summary>One log line that names its span.</summary>
/// <param name="Trace">Trace id.</param>
/// <param name="Span">Span id.</param>
/// <param name="Time">Unix seconds.</param>
/// <param name="Template">Its template, without what differs from line to line.</param>
public readonly record struct LineFact(string Trace, string Span, double Time, string Template);
