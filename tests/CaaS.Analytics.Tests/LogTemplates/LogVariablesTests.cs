using CaaS.Analytics.LogTemplates;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class LogVariablesTests
{
    [Theory]
    [InlineData("took 12ms", "took", 12, "ms")]
    [InlineData("Stored order in took=20 ms", "took", 20, "ms")]
    [InlineData("size=1.5 MB left", "size", 1.5, "MB")]
    [InlineData("waited 30 seconds", "waited", 30, "seconds")]
    [InlineData("status: 503", "status", 503, "")]
    [InlineData("disk at 97%", "at", 97, "%")]
    [InlineData("delta -4", "delta", -4, "")]
    public void A_number_has_its_name_and_unit(string line, string name, double number, string unit)
    {
        var found = Assert.Single(LogVariables.Of(line));

        Assert.Equal((name, number, unit), (found.Name, found.Number, found.Unit));
    }

    [Fact]
    public void Named_fields_have_their_names()
    {
        var found = LogVariables.Of("login user=\"bob\" rhost=10.0.0.7 uid= retry=3");

        Assert.Equal(
            [("user", "bob"), ("rhost", "10.0.0.7"), ("uid", ""), ("retry", "3")],
            found.Select(value => (value.Name, value.Text)));
        Assert.True(double.IsNaN(found[1].Number));
    }
}
