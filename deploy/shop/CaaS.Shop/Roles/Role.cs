namespace CaaS.Shop.Roles;

/// <summary>One of the shop's services.</summary>
/// <param name="Map">Adds its routes.</param>
/// <param name="AddServices">Adds what runs beside them.</param>
internal sealed record Role(Action<WebApplication> Map, Action<IServiceCollection> AddServices)
{
    /// <summary>The role of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Role Named(string name) => name switch
    {
        "gateway" => new Role(Gateway.Map, None),
        "catalogue" => new Role(Catalogue.Map, None),
        "cart" => new Role(Cart.Map, None),
        "checkout" => new Role(Checkout.Map, None),
        "payment" => new Role(Payment.Map, None),
        "stock" => new Role(Stock.Map, None),
        "loadgen" => new Role(LoadGenerator.Map, LoadGenerator.AddServices),
        "batch" => new Role(_ => { }, Batch.AddServices),
        _ => throw new ArgumentException($"SHOP_ROLE={name} is none of the shop's roles.", nameof(name)),
    };

    private static void None(IServiceCollection services)
    {
    }
}
