using System.Text;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Signals;

public class SignalsJsonTests
{
    private static readonly EntityRef Cart = new(new Scope("acme", "north"), "shop", EntityKinds.Deployment, "cart");

    [Fact]
    public void An_entity_is_written_with_its_scope_and_read_back()
    {
        var json = Encoding.UTF8.GetString(SignalsJson.Encode(Cart));

        Assert.Equal("""{"scope":"acme/north","entity":"shop/Deployment/cart"}""", json);
        Assert.Equal(Cart, SignalsJson.Decode<EntityRef>(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("""{"scope":"acme","entity":"shop/Deployment/cart"}""")]
    [InlineData("""{"scope":"acme/north","entity":"cart"}""")]
    [InlineData("""{"entity":"shop/Deployment/cart"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_not_an_entity_is_refused(string json) =>
        Assert.Throws<FormatException>(() => SignalsJson.Decode<EntityRef>(Encoding.UTF8.GetBytes(json)));
}
