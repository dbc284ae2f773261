namespace CaaS.Live.Tests;

public class SmokeTests
{
    [Xunit.Fact]
    public void The_assembly_loads() => Xunit.Assert.NotNull(typeof(CaaS.Signals.Scope));
}
