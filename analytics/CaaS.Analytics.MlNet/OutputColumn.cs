namespace CaaS.Analytics.MlNet;

/// <summary>A vector column that a stream model's answer is cut into.</summary>
/// <param name="Name">The column.</param>
/// <param name="Offset">Where in the answer it begins.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="IsSingle">Whether its numbers are single precision; else double.</param>
internal sealed record OutputColumn(string Name, int Offset, int Count, bool IsSingle);
