using System.ComponentModel.DataAnnotations;
using CaaS.Signals;

namespace CaaS.Analytics.Objectives;

/// <summary>A service-level objective on the requests of some services; an entry of <c>Analytics:Slo</c>.</summary>
public sealed class ObjectiveOptions
{
    private const string Any = "*";

    /// <summary>Its name, as people see it.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>Services it is about, as <c>namespace/Kind/name</c>; <c>*</c> stands for any part.</summary>
    [Required]
    public string Entity { get; set; } = "";

    /// <summary>Share of requests that should succeed.</summary>
    [Range(0.5, 0.99999)]
    public double Objective { get; set; } = 0.999;

    /// <summary>Time the objective is about.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "90.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether it is about an entity.</summary>
    /// <param name="entity">Entity.</param>
    /// <returns>True when every part matches.</returns>
    public bool IsAbout(EntityRef entity) =>
        Entity.Split('/', 3) is [var space, var kind, var name]
        && Matches(space, entity.Namespace) && Matches(kind, entity.Kind) && Matches(name, entity.Name);

    private static bool Matches(string pattern, string part) => pattern == Any || pattern == part;
}
