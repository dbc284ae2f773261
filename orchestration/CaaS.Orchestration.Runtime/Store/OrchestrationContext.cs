using Microsoft.EntityFrameworkCore;

namespace CaaS.Orchestration.Runtime.Store;

/// <summary>Tables of this stage, all with the prefix <c>orc_</c>.</summary>
/// <param name="options">Options.</param>
internal sealed class OrchestrationContext(DbContextOptions<OrchestrationContext> options) : DbContext(options)
{
    public const string MigrationsTable = "orc_migrations";

    public DbSet<OperationRow> Operations => Set<OperationRow>();

    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OperationRow>(table =>
        {
            table.ToTable("orc_operations").HasKey(row => row.Id);
            table.HasIndex(row => row.IncidentId);
            table.HasIndex(row => row.IsLive);
            table.HasIndex(row => row.ProposedAtMs);
        });
        modelBuilder.Entity<RevisionRow>(table =>
        {
            table.ToTable("orc_revisions").HasKey(row => new { row.Id, row.Revision });
            table.HasIndex(row => row.IsPublished);
        });
        modelBuilder.Entity<SettingRow>(table =>
        {
            table.ToTable("orc_settings").HasKey(row => row.Number);
            table.Property(row => row.Number).ValueGeneratedOnAdd();
            table.HasIndex(row => row.Name);
        });
    }
}
