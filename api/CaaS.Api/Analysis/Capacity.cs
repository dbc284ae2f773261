using CaaS.Analytics.Patterns;

namespace CaaS.Api.Analysis;

/// <summary>When a series is full.</summary>
/// <param name="Limit">What full is.</param>
/// <param name="LimitFrom">Metric the limit was read from, or <c>given</c>.</param>
/// <param name="Fullness">When, and how sure.</param>
internal sealed record Capacity(double Limit, string LimitFrom, Fullness Fullness);
