namespace CaaS.Shop.Roles;

/// <summary>What users reach: passes each request on to the service it is for.</summary>
internal static class Gateway
{
    /// <summary>Maps the shop's public routes.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/products", (Callee callee, Work work, CancellationToken cancellation) =>
            PassAsync(callee, work, HttpMethod.Get, "catalogue", "/products", cancellation));
        app.MapPost("/cart/items", (string sku, Callee callee, Work work, CancellationToken cancellation) =>
            PassAsync(callee, work, HttpMethod.Post, "cart", $"/items?sku={Uri.EscapeDataString(sku)}", cancellation));
        app.MapPost("/orders", (string currency, Callee callee, Work work, CancellationToken cancellation) =>
            PassAsync(
                callee, work, HttpMethod.Post, "checkout",
                $"/orders?currency={Uri.EscapeDataString(currency)}", cancellation));
    }

    private static async Task<IResult> PassAsync(
        Callee callee, Work work, HttpMethod method, string service, string path, CancellationToken cancellation)
    {
        Work.Compute(200);
        await work.WaitAsync(2, cancellation);
        await callee.SendAsync(method, service, path, cancellation);
        return Results.Ok();
    }
}
