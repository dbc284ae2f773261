using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CaaS.Rca.Runtime.Storage.Migrations;

/// <summary>The model as the newest migration leaves it.</summary>
[DbContext(typeof(RcaDbContext))]
public sealed class RcaDbContextModelSnapshot : ModelSnapshot
{
    /// <inheritdoc/>
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity("CaaS.Rca.Runtime.Storage.IncidentRow", row =>
        {
            row.Property<string>("Id");
            row.Property<long>("ChangedAtMs");
            row.Property<string>("Json").IsRequired();
            row.Property<long>("OpenedAtMs");
            row.Property<int>("Revision");
            row.Property<string>("Scope").IsRequired();
            row.Property<int>("Status");
            row.HasKey("Id");
            row.HasIndex("ChangedAtMs");
            row.ToTable("rca_incidents");
        });
        modelBuilder.Entity("CaaS.Rca.Runtime.Storage.CauseFeedbackRow", row =>
        {
            row.Property<string>("IncidentId");
            row.Property<long>("AtMs");
            row.Property<string>("Json").IsRequired();
            row.Property<string>("Scope").IsRequired();
            row.HasKey("IncidentId");
            row.ToTable("rca_feedback");
        });
    }
}
