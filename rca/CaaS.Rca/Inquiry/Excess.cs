namespace CaaS.Rca.Inquiry;

/// <summary>How much too much an entity has while the symptom hurts.</summary>
/// <param name="Mass">Level too high times requests.</param>
/// <param name="Deviates">Highest level in usual deviations.</param>
/// <param name="Together">Correlation with the symptom inside the incident.</param>
internal readonly record struct Excess(double Mass, double Deviates, double Together);
