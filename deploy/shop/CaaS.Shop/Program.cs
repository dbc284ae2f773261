using CaaS.Shop;
using CaaS.Shop.Faults;
using CaaS.Shop.Roles;
using CaaS.Shop.Telemetry;

var options = ShopOptions.FromEnvironment();
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls($"http://0.0.0.0:{options.Port}");
builder.AddShopTelemetry(options);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Work>();
builder.Services.AddSingleton<Callee>();
builder.Services.AddSingleton<FaultBoard>();
builder.Services.AddSingleton<Drain>();
builder.Services.AddSingleton<WarmUp>();
builder.Services.AddHostedService(services => services.GetRequiredService<WarmUp>());
builder.Services.AddSingleton<IHostLifetime>(services => services.GetRequiredService<Drain>());

var role = Role.Named(options.Role);
role.AddServices(builder.Services);

await using var app = builder.Build();
app.UseMiddleware<ServedRequests>();
app.UseMiddleware<FaultGate>();
app.MapProbes();
app.MapMetrics();
app.MapFaults();
role.Map(app);

var faults = app.Services.GetRequiredService<FaultBoard>();
faults.AddFromEnvironment();

// A crash ends the process at once, with requests in flight, as an unhandled exception would.
var run = app.RunAsync();
if (await Task.WhenAny(run, faults.Crashed) != run)
{
    return 1;
}

await run;
return 0;
