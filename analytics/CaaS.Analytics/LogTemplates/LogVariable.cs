namespace CaaS.Analytics.LogTemplates;

/// <summary>A value of a log line with what the line says about it.</summary>
/// <param name="Name">Field name or the word before it; empty when there is none.</param>
/// <param name="Text">Value as written.</param>
/// <param name="Number">Value as a number; NaN when it is none.</param>
/// <param name="Unit">Unit behind the number, such as ms or KB; empty when there is none.</param>
public readonly record struct LogVariable(string Name, string Text, double Number, string Unit);
