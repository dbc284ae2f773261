using Xunit.Sdk;
using Xunit.v3;

namespace CaaS.Live.Tests;

/// <summary>Runs the classes that share the cluster in the order of their names: faults, then kills.</summary>
public sealed class ByName : ITestClassOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(IReadOnlyCollection<TTestClass?> testClasses)
        where TTestClass : notnull, ITestClass =>
        [.. testClasses.OrderBy(testClass => testClass?.TestClassName, StringComparer.Ordinal)];
}
