using CaaS.Client.Wire;

namespace CaaS.Api.Platform;

/// <summary>One thing the running platform can find wrong with itself; the host registers those that need a shell,
/// such as the rights on the cluster.</summary>
public interface IDoctorCheck
{
    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Ends the look; it is given up after ten seconds.</param>
    /// <returns>What was found, and what to do about it.</returns>
    Task<DoctorCheck> LookAsync(CancellationToken cancellationToken);
}
