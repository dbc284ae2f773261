namespace CaaS.Rca.Inquiry;

/// <summary>A series that left its usual range for good.</summary>
/// <param name="Series">Index of the series.</param>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Time">When it left, unix seconds.</param>
/// <param name="Ratio">Where it went, as a multiple of where it was.</param>
internal readonly record struct Move(int Series, int Entity, double Time, double Ratio);
