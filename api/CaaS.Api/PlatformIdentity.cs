using System.Reflection;
using CaaS.Signals;
using Microsoft.Extensions.Configuration;

namespace CaaS.Api;

/// <summary>What this installation is and where it keeps its things.</summary>
/// <param name="Scope">Tenant and cluster it watches.</param>
/// <param name="DataFolder">Its data folder (<c>Platform:DataFolder</c>), or empty when there is none.</param>
/// <param name="Version">Version that runs.</param>
/// <param name="IsReplay">It replays a recording (<c>Platform:Replay</c>).</param>
internal sealed record PlatformIdentity(Scope Scope, string DataFolder, string Version, bool IsReplay)
{
    public static PlatformIdentity From(IConfiguration configuration)
    {
        var version = typeof(PlatformIdentity).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var scope = new Scope(
            configuration["Platform:Tenant"] is { Length: > 0 } tenant ? tenant : Scope.Default.Tenant,
            configuration["Platform:Cluster"] is { Length: > 0 } cluster ? cluster : Scope.Default.Cluster);
        return new PlatformIdentity(scope, configuration["Platform:DataFolder"] ?? "", version.Split('+')[0],
            configuration.GetValue<bool>("Platform:Replay"));
    }
}
